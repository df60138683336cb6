package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Feature;
import bpfbay.kernel.FeatureProbes;
import bpfbay.kernel.Loading;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Features tried on this kernel; the extension sees that no descriptor stays. */
@InNetns
class LibbpfProbesTest {
    private static final Set<Feature> LOADED_OR_SWITCHED = EnumSet.of(
            Feature.PROGRAM_ITERATOR,
            Feature.LINK_ITERATOR,
            Feature.MAP_ITERATOR,
            Feature.TASK_FILE_ITERATOR,
            Feature.FREPLACE,
            Feature.FENTRY,
            Feature.RUN_STATISTICS);

    @Test
    void what_every_kernel_under_test_has_works() {
        FeatureProbes probes = LibbpfProbes.open(Loading.ITERATORS);
        for (Feature feature : new Feature[] {
            Feature.OBJECTS,
            Feature.TCX,
            Feature.CGROUP_CHAINS,
            Feature.PROGRAM_ITERATOR,
            Feature.TASK_FILE_ITERATOR,
            Feature.RUN_STATISTICS,
            Feature.NETNS_COOKIE,
            Feature.EVENTS_OF_ALL_NAMESPACES,
            Feature.PIN_EVENTS,
            Feature.KERNEL_SYMBOLS
        }) {
            assertEquals(FeatureProbes.Result.WORKS, probes.probe(feature), feature.label());
        }
    }

    @Test
    void netkit_is_there_where_ip_can_make_one() {
        boolean canMake = Tool.attempt("ip", "link", "add", "name", "pod0", "type", "netkit")
                        .status()
                == 0;
        FeatureProbes.Result result = LibbpfProbes.open(Loading.NOTHING).probe(Feature.NETKIT);
        assertEquals(canMake, result.state() == FeatureProbes.State.WORKS, result.detail());
    }

    @Test
    void passive_tries_nothing_that_loads_or_switches() {
        FeatureProbes probes = LibbpfProbes.open(Loading.NOTHING);
        for (Feature feature : Feature.values()) {
            FeatureProbes.State state = probes.probe(feature).state();
            assertEquals(LOADED_OR_SWITCHED.contains(feature), state == FeatureProbes.State.NOT_TRIED, feature.label());
        }
    }

    @Test
    void what_does_not_work_says_why() {
        FeatureProbes probes = LibbpfProbes.open(Loading.ITERATORS);
        for (Feature feature : Feature.values()) {
            FeatureProbes.Result result = probes.probe(feature);
            assertEquals(
                    result.state() == FeatureProbes.State.WORKS, result.detail().isEmpty(), feature.label());
            assertFalse(feature.cost().isEmpty());
        }
        assertTrue(Feature.values().length > LOADED_OR_SWITCHED.size());
    }
}
