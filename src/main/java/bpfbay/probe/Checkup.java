package bpfbay.probe;

import bpfbay.kernel.Feature;
import bpfbay.kernel.FeatureProbes;
import bpfbay.model.Host;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the doctor found.
 *
 * @param held the capabilities in effect
 */
public record Checkup(
        Host host, List<Condition> conditions, Set<Capability> held, Map<Feature, FeatureProbes.Result> features) {
    /**
     * One circumstance of the host.
     *
     * @param name as scripts know it, such as {@code btf}
     * @param value what it is, in words
     * @param verdict whether bpfbay lacks something by it
     * @param cost what is missed, empty where nothing is
     */
    public record Condition(String name, String value, Verdict verdict, String cost) {}

    /** Whether a circumstance is in the way. */
    public enum Verdict {
        GOOD,
        COSTS
    }

    public Checkup {
        conditions = List.copyOf(conditions);
        held = Set.copyOf(held);
        features = Map.copyOf(features);
    }

    /** Nothing of BPF can be seen at all. */
    public boolean isBlind() {
        return !works(Feature.OBJECTS) && !works(Feature.TCX) && !works(Feature.CGROUP_CHAINS);
    }

    private boolean works(Feature feature) {
        FeatureProbes.Result result = features.get(feature);
        return result != null && result.state() == FeatureProbes.State.WORKS;
    }

    static Map<Feature, FeatureProbes.Result> results(FeatureProbes probes) {
        Map<Feature, FeatureProbes.Result> results = new EnumMap<>(Feature.class);
        EnumSet.allOf(Feature.class).forEach(feature -> results.put(feature, probes.probe(feature)));
        return results;
    }
}
