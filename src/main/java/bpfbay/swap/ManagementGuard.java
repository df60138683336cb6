package bpfbay.swap;

import bpfbay.kernel.SshSessions.SshSession;
import bpfbay.kernel.SshSessions.Survey;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.Reading;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether the swap can cut an SSH connection, maybe the operator's own. Not to know is a warning. */
final class ManagementGuard implements Guard {
    @Override
    public GuardResult check(Inspection inspection) {
        Survey survey =
                inspection.ground().sessions().survey(inspection.snapshot().namespaces());
        Findings findings = new Findings(GuardName.MANAGEMENT_INTERFACE);
        for (Seat seat : inspection.seats()) {
            if (seat.attachment().place() instanceof Place.Cgroup cgroup) {
                cgroup(seat, cgroup, survey, findings);
            }
            for (Device device : devices(seat.attachment(), inspection)) {
                device(device, survey.through(device.netns(), device.ifindex()), findings);
            }
        }
        return findings.isEmpty()
                ? GuardResult.notApplicable(GuardName.MANAGEMENT_INTERFACE, "the place is on no interface")
                : findings.result();
    }

    private static void device(Device device, Reading<List<SshSession>> reading, Findings findings) {
        if (reading.found().isEmpty()) {
            findings.warn("whether SSH comes in through " + device.name() + " cannot be known: " + reading.reason());
            return;
        }
        List<SshSession> sessions = reading.found().get();
        if (sessions.isEmpty()) {
            findings.remark("no SSH connection comes in through " + device.name());
        } else {
            SshSession first = sessions.get(0);
            findings.warn("SSH comes in through " + device.name() + ": " + first.label()
                    + first.way(device.netns(), device.ifindex())
                            .map(hop -> " (" + hop.name() + " " + hop.why() + ")")
                            .orElse("")
                    + (sessions.size() == 1 ? "" : ", and " + (sessions.size() - 1) + " more"));
        }
    }

    /** A program of a cgroup sees the packets of the processes in it, whichever interface they take. */
    private static void cgroup(Seat seat, Place.Cgroup cgroup, Survey survey, Findings findings) {
        if (!cgroup.attachType().label().startsWith("cgroup_inet")
                && !cgroup.attachType().label().startsWith("cgroup_sock_ops")) {
            findings.remark(seat.ref() + ": programs of this hook see no packets of a connection");
        } else if (!survey.sessions().isEmpty()) {
            findings.warn(seat.ref() + ": SSH is in use and may run in this cgroup: "
                    + survey.sessions().get(0).label());
        } else if (!survey.gaps().isEmpty()) {
            findings.warn(seat.ref() + ": whether SSH is in use cannot be known: "
                    + survey.gaps().get(0).reason());
        } else {
            findings.remark(seat.ref() + ": no SSH connection is open");
        }
    }

    /** Every device of a shared block, since all of them get the new program. */
    private static Set<Device> devices(Attachment attachment, Inspection inspection) {
        Set<Device> devices = new LinkedHashSet<>();
        Places.device(attachment.place()).ifPresent(devices::add);
        if (attachment.filter().isPresent() && attachment.filter().get().block().isPresent()) {
            String hook = Hooks.key(attachment);
            inspection.snapshot().attachments().stream()
                    .filter(other -> Hooks.key(other).equals(hook))
                    .forEach(other -> Places.device(other.place()).ifPresent(devices::add));
        }
        return devices;
    }
}
