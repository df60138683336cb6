package bpfbay.diagnose;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What should run, hook by hook. Only the hooks that it names are compared.
 *
 * @param hooks each once, with its programs in running order
 */
public record Manifest(List<Hook> hooks) {
    public Manifest {
        hooks = List.copyOf(hooks);
    }

    /**
     * A hook by names that mean the same after the next boot and on the next host.
     *
     * @param hook the contract's word for its kind, such as {@code xdp}
     * @param netns by name; absent for the one that bpfbay runs in, and for cgroups
     * @param on the interface, {@code block:N} of a shared block, or the cgroup's path; empty for a hook of the
     *     whole namespace
     * @param side {@code ingress}, {@code egress}, {@code parent:1:10}, an attach type's word, the function that
     *     freplace fills, or {@code ipv4/input/-128} of netfilter; empty for XDP
     */
    public record Where(String hook, Optional<String> netns, String on, String side) {
        public Where {
            requireNonNull(hook, "hook");
            requireNonNull(netns, "netns");
            requireNonNull(on, "on");
            requireNonNull(side, "side");
        }

        /** {@code netns:blue/eth0/tcx/ingress}, as refs name it. */
        public String label() {
            String before = netns.map(name -> "netns:" + name + "/").orElse("");
            String place = hook.equals("cgroup") ? "cgroup:" + on : on.isEmpty() ? hook : on + "/" + hook;
            return before + place + (side.isEmpty() ? "" : "/" + side);
        }
    }

    /**
     * A hook with what should run on it.
     *
     * @param programs none where nothing may be attached
     */
    public record Hook(Where where, List<Declared> programs) {
        public Hook {
            requireNonNull(where, "where");
            programs = List.copyOf(programs);
        }
    }

    /**
     * One program of a hook.
     *
     * @param name empty for an unnamed program
     * @param build absent where any will do
     * @param mode of XDP: {@code native}, {@code generic}, {@code offloaded}; absent where any will do
     * @param filter of tc; absent elsewhere, or where any will do
     */
    public record Declared(String name, Optional<Build> build, Optional<String> mode, Optional<Filter> filter) {
        public Declared {
            requireNonNull(name, "name");
            requireNonNull(build, "build");
            requireNonNull(mode, "mode");
            requireNonNull(filter, "filter");
        }
    }

    /**
     * Which build it is.
     *
     * @param fingerprint that a program of it has when it is loaded, or why that is not known
     * @param file the object file that is declared; absent where the fingerprint is
     */
    public record Build(Reading<String> fingerprint, Optional<String> file) {
        public Build {
            requireNonNull(fingerprint, "fingerprint");
            requireNonNull(file, "file");
        }
    }

    /** A filter's key, as far as it is declared. */
    public record Filter(OptionalInt priority, OptionalInt handle, OptionalInt chain, Optional<String> protocol) {}
}
