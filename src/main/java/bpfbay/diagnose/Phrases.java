package bpfbay.diagnose;

import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.ShellQuote;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The words of findings. Names in them are exact, whatever bytes they hold. */
final class Phrases {
    private static final int NAMED = 3;
    private static final int ALLOW_MULTI = 1 << 1;
    private static final int SWAPPED_BY_NAME = 4;

    private Phrases() {}

    static String id(int id) {
        return "#" + Integer.toUnsignedString(id);
    }

    /** {@code xdp_fw #3815}. */
    static String named(Program program) {
        return (program.name().isEmpty() ? "unnamed " + program.type().label() : program.name()) + " "
                + id(program.id());
    }

    /** {@code xdp_fw #3815 (9af1c02e, loaded 09:12:40Z)}. */
    static String told(Program program, Instant now) {
        return named(program) + " (" + program.shortTag() + ", loaded " + moment(program.loadedAt(), now) + ")";
    }

    /** A line of evidence: everything that tells one load from another. */
    static String facts(Program program) {
        return named(program) + ": tag " + program.tag() + ", loaded "
                + Utc.second(program.loadedAt())
                + " by uid " + Integer.toUnsignedString(program.uid())
                + program.fingerprint().found().map(print -> ", build " + print).orElse("");
    }

    /** {@code 09:12:40Z}, with the day where that is another. */
    static String moment(Instant at, Instant now) {
        return Utc.isSameDay(at, now) ? Utc.time(at) : Utc.second(at);
    }

    static String map(int id, Snapshot snapshot) {
        return snapshot.map(id)
                .filter(map -> !map.name().isEmpty())
                .map(map -> map.name() + " " + id(id))
                .orElseGet(() -> id(id));
    }

    /** The first few, and how many more. */
    static String list(List<String> words) {
        if (words.size() <= NAMED) {
            return String.join(", ", words);
        }
        return String.join(", ", words.subList(0, NAMED)) + " and " + (words.size() - NAMED) + " more";
    }

    static String refs(List<Attachment> attachments) {
        return list(attachments.stream().map(Attachment::ref).toList());
    }

    static String pins(List<Pin> pins) {
        return list(pins.stream().map(Pin::path).toList());
    }

    static String count(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    static String folder(String path) {
        int end = path.lastIndexOf('/');
        return end <= 0 ? "/" : path.substring(0, end);
    }

    /** The command that plans to put a program where others stand; shows it where no swap leads there. */
    static String swap(List<Attachment> where, Program program) {
        if (!where.stream().allMatch(Phrases::isSwappable)) {
            return show(program.object());
        }
        String to = " --to prog:" + Integer.toUnsignedString(program.id()) + " --dry-run";
        if (where.size() > SWAPPED_BY_NAME) {
            return "bpfbay swap --match " + ShellQuote.quote(program.name()) + to;
        }
        return "bpfbay swap "
                + where.stream().map(a -> ShellQuote.quote(a.ref())).collect(Collectors.joining(" ")) + to;
    }

    private static boolean isSwappable(Attachment attachment) {
        Place place = attachment.place();
        if (place instanceof Place.Xdp xdp) {
            return xdp.mode() != XdpMode.OFFLOADED;
        } else if (place instanceof Place.Cgroup) {
            return attachment.via() == Via.LINK || (attachment.attachFlags().orElse(0) & ALLOW_MULTI) != 0;
        }
        return place instanceof Place.Tcx
                || place instanceof Place.Netkit
                || place instanceof Place.Tc
                || place instanceof Place.TcBlock;
    }

    /** The same where others of the name must stay as they are: the first few at most. */
    static String swapOnly(List<Attachment> where, Program program) {
        return swap(where.subList(0, Math.min(SWAPPED_BY_NAME, where.size())), program);
    }

    static String show(Attachment attachment) {
        return "bpfbay show " + ShellQuote.quote(attachment.ref());
    }

    /** {@code netns:blue/eth0}. */
    static String device(NetInterface device, Survey survey) {
        return survey.now().namespaces().stream()
                        .filter(netns -> netns.inode() == device.netns() && !netns.isOwn())
                        .findFirst()
                        .map(netns -> "netns:" + netns.label() + "/")
                        .orElse("")
                + device.name();
    }

    static String show(ObjectId object) {
        return "bpfbay show " + object;
    }

    static String show(Pin pin) {
        return "bpfbay show " + ShellQuote.quote("pin:" + pin.path());
    }
}
