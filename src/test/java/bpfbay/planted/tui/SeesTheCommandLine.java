package bpfbay.planted.tui;

import bpfbay.planted.cli.Commands;

/** Breaks: tui does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
