/**
 * The daily life of healthy hosts, lived for real: agents in processes of their own load, attach, renew and
 * take away what container networks and runtimes do, and whoever looks on meanwhile must not be alarmed.
 */
@NullMarked
package bpfbay.life;

import org.jspecify.annotations.NullMarked;
