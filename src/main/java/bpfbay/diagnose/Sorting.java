package bpfbay.diagnose;

import java.util.List;

/**
 * A rule that looks at things one by one, and tells of those alike together. What it makes of a thing rests
 * on the thing alone and on what {@link Stirred} counts to it.
 *
 * @param <T> what it looks at
 * @param <S> what makes cases one
 * @param <P> what is told of, with all that is said of it: while parts are equal, so are the words
 */
interface Sorting<T, S, P> extends Rule {
    /** Something to be told of. */
    record Case<S, P>(S sort, P part) {}

    @Override
    default Diagnosis judge(Survey survey) {
        return answer(survey).diagnosis();
    }

    @Override
    default Answer answer(Survey survey) {
        return Sorted.of(this, survey);
    }

    Things<T> things();

    /** Mostly none. */
    List<Case<S, P>> look(T thing, Survey survey);

    /** All cases of one sort, in the order of the things. */
    Diagnosis tell(S sort, List<P> parts, Survey survey);

    /** Whether what all cases rest on is another, so that nothing can be taken over. */
    default boolean isShaken(Survey before, Survey after) {
        return false;
    }
}
