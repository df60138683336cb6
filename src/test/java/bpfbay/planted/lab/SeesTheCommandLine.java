package bpfbay.planted.lab;

import bpfbay.planted.cli.Commands;

/** Breaks: lab does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
