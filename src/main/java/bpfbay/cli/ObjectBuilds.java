package bpfbay.cli;

import bpfbay.diagnose.Manifest;
import bpfbay.diagnose.Manifest.Build;
import bpfbay.diagnose.Manifest.Declared;
import bpfbay.diagnose.Manifest.Hook;
import bpfbay.kernel.Candidates;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loading;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/*
 * A build shows in what the kernel says of a loaded program: its tag, what its maps became. So the object
 * files of a manifest are loaded once each, attached to nothing and let go again.
 */
/** Finds the fingerprints of the object files that a manifest names. */
record ObjectBuilds(Kernel kernel, Supplier<Candidates> candidates, Path folder, Loading loading) {
    private record Part(String file, String program) {}

    Manifest of(Manifest manifest) {
        Map<Part, Reading<String>> known = new HashMap<>();
        List<Hook> hooks = new ArrayList<>();
        for (Hook hook : manifest.hooks()) {
            List<Declared> programs = new ArrayList<>();
            for (Declared declared : hook.programs()) {
                programs.add(new Declared(
                        declared.name(),
                        declared.build().map(build -> found(build, declared.name(), known)),
                        declared.mode(),
                        declared.filter()));
            }
            hooks.add(new Hook(hook.where(), programs));
        }
        return new Manifest(hooks);
    }

    private Build found(Build build, String program, Map<Part, Reading<String>> known) {
        if (build.file().isEmpty()) {
            return build;
        }
        String file;
        try {
            file = folder.resolve(build.file().get()).normalize().toString();
        } catch (InvalidPathException e) {
            return new Build(new Reading.NotAsked<>("that is no path"), build.file());
        }
        return new Build(known.computeIfAbsent(new Part(file, program), part -> fingerprint(part)), Optional.of(file));
    }

    private Reading<String> fingerprint(Part part) {
        if (loading == Loading.NOTHING) {
            return new Reading.NotAsked<>("the file has to be loaded, and --passive loads nothing");
        }
        try {
            return load(part, candidates.get());
        } catch (KernelException.Denied e) {
            return new Reading.Denied<>(reason(e));
        } catch (KernelException e) {
            return new Reading.NotAsked<>(reason(e));
        }
    }

    private Reading<String> load(Part part, Candidates loader) {
        Path path = Path.of(part.file());
        Optional<Candidates.Defined> defined = loader.contents(path).programs().stream()
                .filter(program -> program.name().equals(part.program()))
                .findFirst();
        if (defined.isEmpty()) {
            return new Reading.NotAsked<>("it has no program " + part.program());
        }
        Candidates.Wish wish = new Candidates.Wish(
                path, Optional.of(part.program()), defined.get().type(), List.of(), Map.of());
        try (Candidates.Loaded loaded = loader.load(wish)) {
            for (Program program : kernel.programs().items()) {
                if (program.id() == loaded.progId()) {
                    return program.fingerprint();
                }
            }
        }
        return new Reading.Gone<>();
    }

    private static String reason(KernelException e) {
        return e.problem().hint().isEmpty()
                ? String.valueOf(e.getMessage())
                : e.problem().hint();
    }
}
