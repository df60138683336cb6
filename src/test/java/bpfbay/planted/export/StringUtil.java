package bpfbay.planted.export;

/** Breaks: a name says what a class is. */
record StringUtil() {}
