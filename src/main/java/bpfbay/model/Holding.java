package bpfbay.model;

/** One process holds one object, by at least one descriptor. */
public record Holding(ObjectId object, Holder holder) {}
