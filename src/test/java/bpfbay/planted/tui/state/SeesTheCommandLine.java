package bpfbay.planted.tui.state;

import bpfbay.planted.cli.Commands;

/** Breaks: tui.state does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
