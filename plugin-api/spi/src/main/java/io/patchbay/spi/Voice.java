package io.patchbay.spi;

import io.patchbay.spi.http.Answer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** How one vendor speaks a dialect the host knows: its profile, and two chances to have a word. */
@ConsumerType
public interface Voice {
    /** Returns the vendor's peculiarities. */
    default Profile profile() {
        return Profile.STANDARD;
    }

    /** The upstream answered with a status other than 2xx. */
    default Next refused(Answer answer) {
        return Next.fail(answer.fault());
    }

    /**
     * The stream carried an error before any content.
     *
     * @return another exchange to try, or {@code null} to let the fault stand
     */
    default @Nullable Next faulted(Fault fault) {
        return null;
    }

    /** Returns a voice with that profile and no further word. */
    static Voice of(Profile profile) {
        return new Voice() {
            @Override
            public Profile profile() {
                return profile;
            }
        };
    }
}
