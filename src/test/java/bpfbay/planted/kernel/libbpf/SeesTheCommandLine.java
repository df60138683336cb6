package bpfbay.planted.kernel.libbpf;

import bpfbay.planted.cli.Commands;

/** Breaks: kernel.libbpf does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
