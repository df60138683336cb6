package bpfbay.diagnose;

import java.util.List;

/** Every rule there is, in the contract's order. */
final class Rules {
    static final List<Rule> ALL = List.of(
            new SupersededAttachment(),
            new DuplicateAttachment(),
            new VersionSkew(),
            new ShadowedAttachment(),
            new MapSplit(),
            new DiesWithProcess(),
            new PinBehind(),
            new PinLifetime(),
            new GenericXdp(),
            new NotAsDeclared(),
            new OrphanAttachment(),
            new DetachedLink(),
            new ReplacedUnderneath(),
            new Vanished(),
            new MovedDevice(),
            new ChainReordered());

    private Rules() {}
}
