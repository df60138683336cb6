package bpfbay.planted.collect;

import bpfbay.planted.cli.Commands;

/** Breaks: collect does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
