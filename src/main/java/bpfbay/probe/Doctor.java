package bpfbay.probe;

import bpfbay.kernel.FeatureProbes;
import bpfbay.model.Host;
import bpfbay.probe.Checkup.Condition;
import bpfbay.probe.Checkup.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the host as far as bpfbay needs it. */
public final class Doctor {
    private static final Pattern CAPEFF = Pattern.compile("(?m)^CapEff:\\s*([0-9a-fA-F]+)$");
    private static final Pattern LOCKDOWN = Pattern.compile("\\[(\\w+)]");

    private final HostFiles files;

    Doctor(HostFiles files) {
        this.files = files;
    }

    public static Checkup examine(Host host, FeatureProbes probes) {
        Doctor doctor = new Doctor(HostFiles.RUNNING);
        return new Checkup(host, doctor.conditions(), doctor.held(), Checkup.results(probes));
    }

    List<Condition> conditions() {
        List<Condition> found = new ArrayList<>();
        found.add(btf());
        found.add(lockdown());
        found.add(unprivileged());
        found.add(statistics());
        String mounts = files.read("/proc/thread-self/mountinfo").orElse("");
        found.add(mount(mounts, "bpf", "bpffs", "no pin can be made or seen in this mount namespace"));
        found.add(mount(mounts, "cgroup2", "cgroup2", "programs on cgroups cannot be seen"));
        found.add(mount(mounts, "tracefs", "tracefs", "tracepoints and kprobes have numbers in place of names"));
        return found;
    }

    Set<Capability> held() {
        Matcher line = CAPEFF.matcher(files.read("/proc/thread-self/status").orElse(""));
        return line.find() ? Capability.decode(line.group(1)) : EnumSet.noneOf(Capability.class);
    }

    private Condition btf() {
        return files.read("/sys/kernel/btf/vmlinux").isPresent()
                ? good("btf", "the kernel's BTF is there")
                : costs("btf", "no /sys/kernel/btf/vmlinux", "iterators do not load; functions have no names");
    }

    private Condition lockdown() {
        Optional<String> mode = files.read("/sys/kernel/security/lockdown").flatMap(text -> {
            Matcher chosen = LOCKDOWN.matcher(text);
            return chosen.find() ? Optional.of(chosen.group(1)) : Optional.empty();
        });
        if (mode.isEmpty()) {
            return good("lockdown", "not told: no /sys/kernel/security/lockdown");
        }
        return mode.get().equals("confidentiality")
                ? costs(
                        "lockdown",
                        "confidentiality",
                        "iterators and tracing programs may not read the kernel's memory")
                : good("lockdown", mode.get());
    }

    private Condition unprivileged() {
        String value = files.read("/proc/sys/kernel/unprivileged_bpf_disabled")
                .map(String::strip)
                .orElse("not told");
        return good(
                "unprivileged_bpf_disabled",
                switch (value) {
                    case "0" -> "0: anybody may load simple programs";
                    case "1" -> "1: forbidden until the next boot";
                    case "2" -> "2: forbidden, root may allow it";
                    default -> value;
                });
    }

    private Condition statistics() {
        String value = files.read("/proc/sys/kernel/bpf_stats_enabled")
                .map(String::strip)
                .orElse("not told");
        return good(
                "bpf_stats_enabled",
                switch (value) {
                    case "0" -> "0: runs are counted while somebody asks";
                    case "1" -> "1: every run is counted";
                    default -> value;
                });
    }

    private static Condition mount(String mountinfo, String type, String name, String cost) {
        for (String line : mountinfo.split("\n", -1)) {
            int dash = line.indexOf(" - " + type + " ");
            if (dash > 0) {
                String[] fields = line.split(" ", -1);
                return good(name, "mounted at " + fields[4]);
            }
        }
        return costs(name, "not mounted", cost);
    }

    private static Condition good(String name, String value) {
        return new Condition(name, value, Verdict.GOOD, "");
    }

    private static Condition costs(String name, String value, String cost) {
        return new Condition(name, value, Verdict.COSTS, cost);
    }
}
