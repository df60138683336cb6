/** Classes that each break one rule of {@link bpfbay.ArchitectureTest}, to prove that it sees them. */
package bpfbay.planted;
