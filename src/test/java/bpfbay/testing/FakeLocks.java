package bpfbay.testing;

import bpfbay.kernel.Fd;
import bpfbay.swap.Locks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Locks in memory; a guard process that shares one keeps it. */
public final class FakeLocks implements Locks {
    public final Map<String, Holder> taken = new LinkedHashMap<>();
    public Optional<String> unknown = Optional.empty();
    public Optional<String> blindSpot = Optional.empty();
    private final Map<String, Integer> references = new LinkedHashMap<>();

    @Override
    public Attempt take(String hook, Holder holder) {
        if (unknown.isPresent()) {
            return new Attempt.Unknown(unknown.get());
        } else if (taken.containsKey(hook)) {
            return new Attempt.Held(taken.get(hook));
        }
        taken.put(hook, holder);
        references.put(hook, 1);
        return new Attempt.Taken(new Lock() {
            private boolean isHeld = true;

            @Override
            public Fd descriptor() {
                return new Fd() {
                    @Override
                    public int number() {
                        return 50;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void close() {
                if (isHeld) {
                    isHeld = false;
                    drop(List.of(hook));
                }
            }
        });
    }

    List<String> share(String swap) {
        List<String> hooks = new ArrayList<>();
        taken.forEach((hook, holder) -> {
            if (holder.swap().equals(swap)) {
                hooks.add(hook);
                references.merge(hook, 1, Integer::sum);
            }
        });
        return hooks;
    }

    void drop(List<String> hooks) {
        for (String hook : hooks) {
            if (references.containsKey(hook) && references.merge(hook, -1, Integer::sum) == 0) {
                references.remove(hook);
                taken.remove(hook);
            }
        }
    }

    /** This process is killed: only what a guard shares is still held. */
    public void starterDies(FakeGuardians guardians) {
        List<String> alive = guardians.alive.values().stream()
                .map(guard -> guard.status().swap())
                .toList();
        taken.values().removeIf(holder -> !alive.contains(holder.swap()));
        references.keySet().retainAll(taken.keySet());
        references.replaceAll((hook, count) -> 1);
    }

    @Override
    public List<Holder> held() {
        return List.copyOf(taken.values());
    }

    @Override
    public void tidy() {}

    @Override
    public Optional<String> blindSpot() {
        return blindSpot;
    }
}
