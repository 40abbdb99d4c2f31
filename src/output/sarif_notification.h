#pragma once

#include <nlohmann/json.hpp>

#include "engine/report.h"

namespace corolint {

// Returns what the log's notifications mean: `tool.driver.notifications`.
nlohmann::ordered_json sarif_notification_descriptors();

// Returns `invocation.toolExecutionNotifications`: the units that could not be analysed, how many findings the
// log leaves out, and the functions behind which nothing is known.
nlohmann::ordered_json sarif_notifications(const Report& report, std::size_t number_left_out);

}  // namespace corolint
