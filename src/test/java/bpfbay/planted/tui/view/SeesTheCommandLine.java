package bpfbay.planted.tui.view;

import bpfbay.planted.cli.Commands;

/** Breaks: tui.view does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
