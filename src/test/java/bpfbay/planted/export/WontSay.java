package bpfbay.planted.export;

/** Breaks: no checked exceptions. */
class WontSay extends Exception {}
