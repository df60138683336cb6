package bpfbay.diagnose;

import bpfbay.model.Attachment;
import bpfbay.model.Link;
import bpfbay.model.Program;
import java.util.List;
import java.util.function.Function;

/** What a rule looks at one by one. */
record Things<T>(Function<Survey, List<T>> all, Function<Stirred, Course<T>> way) {
    static final Things<Attachment> ATTACHMENTS = new Things<>(Survey::attachments, Stirred::attachments);

    /** Attachments that one packet may meet, where there are several. */
    static final Things<List<Attachment>> WAYS = new Things<>(Survey::ways, Stirred::ways);

    /** Programs of one name and type, where there are several. */
    static final Things<List<Program>> NAMESAKES = new Things<>(Survey::namesakes, Stirred::namesakes);

    static final Things<Link> LINKS = new Things<>(survey -> survey.now().links(), Stirred::links);

    /** All of a survey, in their order. */
    List<T> of(Survey survey) {
        return all.apply(survey);
    }

    /** The way of that list from the earlier to the later survey. */
    Course<T> course(Stirred stirred) {
        return way.apply(stirred);
    }
}
