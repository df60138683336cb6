package bpfbay.planted.kernel;

import bpfbay.planted.cli.Commands;

/** Breaks: kernel does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
