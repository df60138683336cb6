package bpfbay.diagnose;

import static bpfbay.diagnose.Fixture.HOLD_DOWN;
import static bpfbay.diagnose.Fixture.NOW;
import static bpfbay.diagnose.Fixture.counted;
import static bpfbay.diagnose.Fixture.host;
import static bpfbay.diagnose.Fixture.loadedAt;
import static bpfbay.diagnose.Fixture.program;
import static bpfbay.diagnose.Fixture.xdpLink;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Diagnosis.NotEvaluated.Cause;
import bpfbay.history.Recent;
import bpfbay.model.Activity;
import bpfbay.model.ObjectId;
import bpfbay.model.ProgType;
import bpfbay.model.Snapshot;
import bpfbay.testing.Histories;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class DiagnosticianTest {
    private final List<Code> asked = new ArrayList<>();

    /** Says nothing and remembers that it was asked. */
    private record Probe(Code code, Set<Input> inputs, List<Code> asked) implements Rule {
        @Override
        public Diagnosis judge(Survey survey) {
            asked.add(code);
            return Diagnosis.NOTHING;
        }
    }

    private final Diagnostician diagnostician = new Diagnostician(List.of(
            new Probe(Code.PIN_BEHIND, Set.of(Rule.Input.OBJECTS), asked),
            new Probe(Code.SHADOWED_ATTACHMENT, Set.of(Rule.Input.ACTIVITY), asked),
            new Probe(Code.VANISHED, Set.of(Rule.Input.PAST), asked)));

    private static SnapshotBuilder rollout(Instant loadedAt) {
        return xdpLink(host().program(program(11, ProgType.XDP, "xdp_fw", "v1")), 0, 11, 88)
                .program(loadedAt(loadedAt, program(4027, ProgType.XDP, "xdp_fw", "v2")))
                .pin(ObjectId.prog(4027), "/sys/fs/bpf/fw/xdp_v2");
    }

    private static Scene scene(Snapshot now) {
        return new Scene(now, List.of(), Optional.empty(), HOLD_DOWN);
    }

    private static Snapshot later(Snapshot s, int seconds, Activity activity) {
        return new Snapshot(
                s.host(),
                s.takenAt().plusSeconds(seconds),
                s.duration(),
                s.namespaces(),
                s.interfaces(),
                s.attachments(),
                s.programs(),
                s.links(),
                s.maps(),
                s.pins(),
                s.cgroups(),
                s.index(),
                activity,
                s.own(),
                List.copyOf(s.problems()));
    }

    @Test
    void a_picture_that_differs_in_its_time_alone_is_not_judged_anew() {
        Snapshot first = rollout(NOW.minusSeconds(60)).build();
        Diagnosis then = diagnostician.judge(scene(first));
        asked.clear();

        assertSame(then, diagnostician.judge(scene(later(first, 1, first.activity()))));
        assertEquals(List.of(), asked);
    }

    @Test
    void new_counts_concern_the_rules_of_counts_alone() {
        Snapshot first = rollout(NOW.minusSeconds(60)).build();
        diagnostician.judge(scene(first));
        asked.clear();

        diagnostician.judge(scene(later(first, 1, counted(Map.of(11, 5)))));

        assertEquals(List.of(Code.SHADOWED_ATTACHMENT), asked);
    }

    @Test
    void what_was_too_young_is_judged_once_it_is_old_enough() {
        Diagnostician rules = new Diagnostician();
        Snapshot first = rollout(NOW.minusSeconds(5)).build();

        assertEquals(List.of(), rules.judge(scene(first)).findings());
        assertEquals(
                List.of(), rules.judge(scene(later(first, 4, first.activity()))).findings());
        assertEquals(
                Code.SUPERSEDED_ATTACHMENT,
                rules.judge(scene(later(first, 5, first.activity())))
                        .findings()
                        .get(0)
                        .code());
    }

    @Test
    void an_answer_is_that_of_a_fresh_one_whatever_came_before() {
        Diagnostician used = new Diagnostician();
        List<SnapshotBuilder> hosts = List.of(
                rollout(NOW.minusSeconds(60)),
                host(),
                rollout(NOW.minusSeconds(3)),
                rollout(NOW.minusSeconds(60)).activity(counted(Map.of(11, 4))),
                xdpLink(rollout(NOW.minusSeconds(60)), 1, 4027, 89));
        for (SnapshotBuilder host : hosts) {
            Scene scene = scene(host.build());
            assertEquals(new Diagnostician().judge(scene), used.judge(scene));
        }
    }

    /** Nothing that is taken over from the picture before may show in what is said of the next. */
    @Property(tries = 60)
    void what_is_said_of_a_picture_is_what_a_fresh_one_says(@ForAll long seed) {
        Watch watch = new Watch(HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, List::of);
        for (Snapshot picture : Histories.of(Snapshots.edge(), seed, 25)) {
            Account account = watch.after(picture);
            Scene scene = new Scene(account.snapshot(), account.timeline(), account.since(), HOLD_DOWN);
            account.diagnosis()
                    .ifPresent(said -> assertEquals(new Diagnostician().judge(scene), said, "at " + picture.takenAt()));
        }
    }

    /** The same of hosts on which most of what the rules look for comes about, grows old and ends. */
    @Property(tries = 200)
    void what_is_said_of_a_rollout_is_what_a_fresh_one_says(@ForAll long seed) {
        Watch watch = new Watch(HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, List::of);
        for (Snapshot picture : Rollouts.of(seed, 40)) {
            Account account = watch.after(picture);
            Scene scene = new Scene(account.snapshot(), account.timeline(), account.since(), HOLD_DOWN);
            account.diagnosis()
                    .ifPresent(said -> assertEquals(new Diagnostician().judge(scene), said, "at " + picture.takenAt()));
        }
    }

    @Test
    void rollouts_bring_about_what_the_rules_look_for() {
        Set<Code> found = EnumSet.noneOf(Code.class);
        for (int seed = 0; seed < 40; seed++) {
            Watch watch = new Watch(HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, List::of);
            for (Snapshot picture : Rollouts.of(seed, 40)) {
                watch.after(picture).diagnosis().ifPresent(said -> said.findings()
                        .forEach(finding -> found.add(finding.code())));
            }
        }
        Set<Code> ofNoPicture = EnumSet.of(Code.NOT_AS_DECLARED, Code.IGNORE_EXPIRED, Code.IGNORE_UNUSED);
        assertEquals(EnumSet.complementOf(EnumSet.copyOf(ofNoPicture)), found);
    }

    /** Whoever reads a host may share what has stayed the same, or read all of it anew. */
    @Property(tries = 60)
    void pictures_that_share_nothing_have_the_accounts_of_those_that_do(@ForAll long seed) {
        Watch sharing = new Watch(HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, List::of);
        Watch apart = new Watch(HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, List::of);
        for (Snapshot picture : Histories.of(Snapshots.edge(), seed, 25)) {
            Account one = sharing.after(picture);
            Account other = apart.after(Histories.apart(picture));
            assertEquals(one.news(), other.news(), "at " + picture.takenAt());
            assertEquals(one.recent(), other.recent(), "at " + picture.takenAt());
            assertEquals(one.diagnosis(), other.diagnosis(), "at " + picture.takenAt());
        }
    }

    @Test
    void what_could_not_be_seen_makes_the_rules_that_need_it_half_blind() {
        SnapshotBuilder host = host().problem(
                        "RTM_GETTFILTER",
                        "netns:blue",
                        1,
                        "needs CAP_SYS_ADMIN: filters of this namespace are missing");

        List<NotEvaluated> said = new Diagnostician().judge(scene(host.build())).notEvaluated();

        assertTrue(said.contains(new NotEvaluated(
                Code.DUPLICATE_ATTACHMENT,
                Cause.PRIVILEGE,
                "RTM_GETTFILTER netns:blue: needs CAP_SYS_ADMIN: filters of this namespace are missing")));
    }

    @Test
    void pins_that_hide_leave_the_rules_of_pins_half_blind() {
        SnapshotBuilder host = host().problem(
                        "open",
                        "/proc/*/root of 3 processes",
                        13,
                        "needs CAP_SYS_PTRACE: pins of a bpffs that only they have mounted are not seen");

        List<NotEvaluated> said = new Diagnostician().judge(scene(host.build())).notEvaluated();

        assertTrue(
                said.stream().anyMatch(one -> one.code() == Code.PIN_BEHIND && one.cause() == Cause.PRIVILEGE),
                said::toString);
        assertTrue(said.stream().noneMatch(one -> one.code() == Code.VERSION_SKEW), said::toString);
    }

    @Test
    void what_is_hidden_from_everybody_wants_no_privilege() {
        SnapshotBuilder host = host().problem(
                        "readlink",
                        "/proc/*/fd of 1 process",
                        13,
                        "hidden even from CAP_SYS_PTRACE: owners among them are not seen");

        List<NotEvaluated> said = new Diagnostician().judge(scene(host.build())).notEvaluated();

        assertTrue(said.stream().noneMatch(one -> one.cause() == Cause.PRIVILEGE), said::toString);
        assertTrue(said.stream().anyMatch(one -> one.code() == Code.ORPHAN_ATTACHMENT), said::toString);
    }
}
