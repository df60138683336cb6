/** Two snapshots and what is made of them. */
package bpfbay.swap;
