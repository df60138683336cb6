package bpfbay.planted.history;

import bpfbay.planted.cli.Commands;

/** Breaks: history does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
