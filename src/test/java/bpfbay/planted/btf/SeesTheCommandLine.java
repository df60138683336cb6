package bpfbay.planted.btf;

import bpfbay.planted.cli.Commands;

/** Breaks: btf does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
