package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.ShellQuote;
import bpfbay.model.XdpMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** XDP in the slow place though the driver has a fast one. */
final class GenericXdp implements Sorting<Attachment, Attachment, GenericXdp.Slow> {
    /** A program in the slow place of a device. */
    record Slow(NetInterface device, Optional<Program> program) {}

    @Override
    public Code code() {
        return Code.GENERIC_XDP;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Things<Attachment> things() {
        return Things.ATTACHMENTS;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean isShaken(Survey before, Survey after) {
        return before.now().interfaces() != after.now().interfaces();
    }

    @Override
    public List<Case<Attachment, Slow>> look(Attachment attachment, Survey survey) {
        if (!(attachment.place() instanceof Place.Xdp xdp)
                || xdp.mode() != XdpMode.GENERIC
                || survey.isYoung(attachment)) {
            return List.of();
        }
        Optional<NetInterface> device = survey.device(xdp.device());
        return device.isEmpty() || !device.get().nativeXdp().found().orElse(true)
                ? List.of()
                : List.of(new Case<>(attachment, new Slow(device.get(), survey.program(attachment))));
    }

    @Override
    public Diagnosis tell(Attachment attachment, List<Slow> slow, Survey survey) {
        NetInterface device = slow.get(0).device();
        return device.nativeXdp().found().isPresent()
                ? Diagnosis.of(finding(attachment, slow.get(0)))
                : Diagnosis.of(NotJudged.of(
                        code(),
                        "whether the driver of " + device.name() + " does native XDP is not known",
                        device.nativeXdp()));
    }

    private static Finding finding(Attachment attachment, Slow slow) {
        NetInterface device = slow.device();
        String what = slow.program().map(Phrases::named).orElse("a program");
        String link = attachment.linkId().isPresent()
                ? Phrases.show(attachment)
                : "bpfbay path "
                        + ShellQuote.quote(
                                attachment.ref().substring(0, attachment.ref().lastIndexOf('/')));
        return new Finding(
                Code.GENERIC_XDP,
                Severity.INFO,
                List.of(attachment.ref()),
                Set.of(Identity.of(attachment)),
                attachment.progId().stream().boxed().toList(),
                what + " runs as generic XDP on " + device.name() + ", whose driver does native",
                List.of(
                        attachment.ref() + ": mode generic, after the packet's memory was allocated",
                        device.name() + ": "
                                + device.kind().map(kind -> kind + " device").orElse("hardware driver")
                                + " with native XDP"),
                link);
    }
}
