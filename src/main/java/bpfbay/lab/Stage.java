package bpfbay.lab;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.lab.LabStatus.LeftOut;
import bpfbay.model.ObjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * A lab while it is being built. Descriptors stay open until the lab's own processes and pins hold what
 * should stay.
 */
final class Stage implements AutoCloseable {
    private final Loader loader;
    private final LabSite site;
    private final Attacher attacher;
    private final Consumer<String> progress;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<String> held = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    Stage(Loader loader, LabSite site, Consumer<String> progress) {
        this.loader = loader;
        this.site = site;
        this.progress = progress;
        this.attacher = loader.attacher(site.netns());
    }

    LabSite site() {
        return site;
    }

    Attacher attacher() {
        return attacher;
    }

    Loader loader() {
        return loader;
    }

    void say(String line) {
        progress.accept(line);
    }

    LoadedObject load(String object) {
        return keep(loader.load(loader.ownObject(object)));
    }

    <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    /** Closes now what {@link #keep} would close at the end. */
    void release() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception cannot) {
                throw new IllegalStateException(cannot);
            }
        }
    }

    /** Pins below the lab's folder; the path's parts have no dots. */
    void pin(Fd object, String... path) {
        Path file = site.pins();
        for (String part : path) {
            file = file.resolve(part);
        }
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException failed) {
            throw new LabException(file + ": " + failed.getMessage(), failed);
        }
        attacher.pin(object, file);
    }

    /** The agent will hold it. */
    void hold(ObjectId object) {
        held.add("hold " + object.kind().label() + " " + Integer.toUnsignedString(object.id()));
    }

    List<String> held() {
        return held;
    }

    /** A hook that not every kernel has: the lab does without it where the kernel says no. */
    void attempt(String what, Runnable body) {
        try {
            body.run();
        } catch (KernelException refused) {
            leaveOut(what, String.valueOf(refused.getMessage()));
        }
    }

    void leaveOut(String what, String why) {
        leftOut.add(new LeftOut(what, why));
        say("left out: " + what + " (" + why + ")");
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }

    @Override
    public void close() {
        release();
        attacher.close();
    }
}
