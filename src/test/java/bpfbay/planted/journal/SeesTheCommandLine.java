package bpfbay.planted.journal;

import bpfbay.planted.cli.Commands;

/** Breaks: journal does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
