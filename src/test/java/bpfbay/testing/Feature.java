package bpfbay.testing;

import java.util.Optional;

/**
 * Something that not every kernel can do. A test that needs it is skipped where it is missing, and fails
 * where it is missing though it should be there: on the kernels of Debian, which are built with all of
 * these, from the version on that brought it.
 */
public enum Feature {
    /** tcx (6.6). */
    TCX(6, 6) {
        @Override
        Optional<String> whyMissing() {
            // on an older kernel every call is EINVAL, here the loopback device has an empty chain
            return RawBpf.queryError(1, RawBpf.BPF_TCX_INGRESS) == 0 ? Optional.empty() : Optional.of("no tcx");
        }
    },
    /** netkit devices (6.7). */
    NETKIT(6, 7) {
        @Override
        Optional<String> whyMissing() {
            Tool.Outcome made = Tool.attempt("ip", "link", "add", "name", "nkprobe", "type", "netkit");
            if (made.status() == 0) {
                Tool.run("ip", "link", "del", "nkprobe");
                return Optional.empty();
            }
            return Optional.of("no netkit: " + made.errors().strip());
        }
    },
    /** VLAN devices and bonds (2.6), which small kernels are built without. */
    VLAN_AND_BOND(2, 6) {
        @Override
        Optional<String> whyMissing() {
            for (String kind : new String[] {"bond", "vlan"}) {
                // lo takes no VLAN, which is said only where there are VLANs
                Tool.Outcome made = kind.equals("vlan")
                        ? Tool.attempt("ip", "link", "add", "link", "lo", "name", "probe", "type", kind, "id", "5")
                        : Tool.attempt("ip", "link", "add", "name", "probe", "type", kind);
                if (made.errors().contains("Unknown device type")) {
                    return Optional.of("no " + kind);
                }
                Tool.attempt("ip", "link", "del", "probe");
            }
            return Optional.empty();
        }
    },
    /** Trampolines: fentry, fexit, LSM and freplace programs (5.5), which hardened kernels refuse. */
    TRAMPOLINES(5, 5) {
        @Override
        Optional<String> whyMissing() {
            int error = RawBpf.loadError(RawBpf.BPF_PROG_TYPE_LSM, 27);
            // without a target a willing kernel answers EINVAL, a hardened one EPERM before it looks
            return error == 1 ? Optional.of("trampoline programs are refused: EPERM") : Optional.empty();
        }
    };

    private final int major;
    private final int minor;

    Feature(int major, int minor) {
        this.major = major;
        this.minor = minor;
    }

    /** Asked inside the test's namespace; empty when it is there. */
    abstract Optional<String> whyMissing();

    boolean mustBeThere() {
        String release = System.getProperty("os.version", "");
        String[] numbers = release.split("[^0-9]+", 3);
        int has = Integer.parseInt(numbers[0]) * 1000 + Integer.parseInt(numbers[1]);
        return release.contains("-cloud-") && has >= major * 1000 + minor;
    }
}
