package bpfbay.planted.swap;

import bpfbay.planted.cli.Commands;

/** Breaks: swap does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
