# A Bazel aspect that checks the sources of C++ targets, an action each, so that Bazel caches and spreads them:
#
#   bazel build //... --aspects=//tools:corolint.bzl%corolint_aspect --output_groups=corolint
#
# writes a SARIF log beside each object file: NAME.corolint.sarif. Findings do not fail the build, since Bazel
# drops what a failed action has written: what reads the logs decides. A unit that does not compile is told in
# its log. The program `corolint` has to be on the path of the actions.
#
# Not tested: nothing that builds corolint has Bazel. Calls into other units are not followed here, since an
# action sees its own unit only; `corolint check -p` over a compile database does that.

load("@rules_cc//cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME")
load("@rules_cc//cc:find_cc_toolchain.bzl", "find_cc_toolchain", "use_cc_toolchain")
load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")

_SOURCES = ["cc", "cpp", "cxx", "c++", "C"]

def _flags(ctx, toolchain, context):
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    variables = cc_common.create_compile_variables(
        cc_toolchain = toolchain,
        feature_configuration = features,
        user_compile_flags = ctx.fragments.cpp.copts + ctx.fragments.cpp.cxxopts + getattr(ctx.rule.attr, "copts", []),
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = depset(transitive = [context.system_includes, context.external_includes]),
        preprocessor_defines = depset(transitive = [context.defines, context.local_defines]),
    )
    return cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = CPP_COMPILE_ACTION_NAME,
        variables = variables,
    )

def _check(ctx, source, flags, inputs):
    log = ctx.actions.declare_file(source.basename + ".corolint.sarif")
    arguments = ctx.actions.args()
    arguments.add_all(["check", source.path, "--no-cache", "--quiet", "--exit-zero", "--on-broken=warn"])
    arguments.add("--output", "sarif:" + log.path)
    arguments.add("--")
    arguments.add_all(flags)
    ctx.actions.run_shell(
        command = 'corolint "$@"',
        arguments = [arguments],
        inputs = depset([source], transitive = inputs),
        outputs = [log],
        mnemonic = "Corolint",
        progress_message = "Checking %{input} with corolint",
        use_default_shell_env = True,
    )
    return log

def _corolint_aspect_impl(target, ctx):
    if CcInfo not in target or not hasattr(ctx.rule.attr, "srcs"):
        return []
    toolchain = find_cc_toolchain(ctx)
    context = target[CcInfo].compilation_context
    flags = _flags(ctx, toolchain, context)
    inputs = [context.headers, toolchain.all_files]
    sources = [file for file in ctx.rule.files.srcs if file.extension in _SOURCES and file.is_source]
    logs = [_check(ctx, source, flags, inputs) for source in sources]
    return [OutputGroupInfo(corolint = depset(logs))]

corolint_aspect = aspect(
    implementation = _corolint_aspect_impl,
    attr_aspects = ["deps"],
    fragments = ["cpp"],
    toolchains = use_cc_toolchain(),
)
