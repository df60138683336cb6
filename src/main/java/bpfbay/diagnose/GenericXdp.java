package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import bpfbay.model.Place;
import bpfbay.model.Reading;
import bpfbay.model.ShellQuote;
import bpfbay.model.XdpMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** XDP in the slow place though the driver has a fast one. */
final class GenericXdp implements Rule {
    @Override
    public Code code() {
        return Code.GENERIC_XDP;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Diagnosis judge(Survey survey) {
        List<Finding> findings = new ArrayList<>();
        Set<NotEvaluated> notEvaluated = new LinkedHashSet<>();
        for (Attachment attachment : survey.attachments()) {
            if (attachment.place() instanceof Place.Xdp xdp
                    && xdp.mode() == XdpMode.GENERIC
                    && !survey.isYoung(attachment)) {
                Optional<NetInterface> device = survey.device(xdp.device());
                if (device.isPresent()) {
                    Reading<Boolean> isNative = device.get().nativeXdp();
                    if (isNative.found().isEmpty()) {
                        notEvaluated.add(NotJudged.of(
                                code(),
                                "whether the driver of " + xdp.device().name() + " does native XDP is not known",
                                isNative));
                    } else if (isNative.found().get()) {
                        findings.add(finding(attachment, device.get(), survey));
                    }
                }
            }
        }
        return new Diagnosis(findings, List.copyOf(notEvaluated));
    }

    private static Finding finding(Attachment attachment, NetInterface device, Survey survey) {
        String what = survey.program(attachment).map(Phrases::named).orElse("a program");
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
