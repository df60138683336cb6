package bpfbay.planted.probe;

import picocli.CommandLine;

/** Breaks: picocli only in cli. */
record SeesPicocli(CommandLine line) {}
