package bpfbay.lab;

import bpfbay.kernel.Loader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The incidents of one lab. Each has devices, pins, processes and a folder of its own, made before the rest, so
 * that taking them away undoes it, however far it got.
 */
final class Incidents {
    private final Loader loader;
    private final LabSite site;

    Incidents(Loader loader, LabSite site) {
        this.loader = loader;
        this.site = site;
    }

    List<Incident> staged() {
        return Arrays.stream(Incident.values())
                .filter(incident -> Files.exists(folder(incident)))
                .toList();
    }

    void stage(Incident incident, Consumer<Duration> pause, Consumer<String> progress) {
        Lab.make(folder(incident));
        try (Stage stage = new Stage(loader, site, progress)) {
            new Staging(stage, incident, processes(incident), pause).run();
        } catch (RuntimeException failed) {
            try {
                mend(incident);
            } catch (LabException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    void mend(Incident incident) {
        end(incident);
        Staging.devices(incident).forEach(device -> Veths.remove(site.name(), device));
        Lab.removeTree(site.pins().resolve(Staging.name(incident)));
        site.cgroup()
                .map(cgroup -> cgroup.resolve(Staging.name(incident)))
                .filter(Files::exists)
                .ifPresent(Lab::removeCgroup);
        if (incident == Incident.MOVED && Files.exists(site.otherNetns())) {
            Command.run("ip", "netns", "del", String.valueOf(site.otherNetns().getFileName()));
        }
        Lab.removeTree(folder(incident));
    }

    /** Its processes. */
    void end(Incident incident) {
        processes(incident).endAll();
    }

    private LabProcesses processes(Incident incident) {
        return new LabProcesses(folder(incident).resolve("processes"), loader.ownExecutable("labd"));
    }

    private Path folder(Incident incident) {
        return site.incidents().resolve(Integer.toString(incident.number()));
    }
}
