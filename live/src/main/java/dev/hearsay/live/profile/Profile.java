package dev.hearsay.live.profile;

import java.util.Locale;

/** Which of the two peer networks a person knows: they differ in how a peer registers, and in their logs. */
public enum Profile {
    /** A peer registers with every seed; {@link ConsensusLayout}. */
    CONSENSUS(true),
    /** A peer registers with a random quorum of seeds; {@link ClassicLayout}. */
    CLASSIC(false);

    private final boolean everySeed;

    Profile(boolean everySeed) {
        this.everySeed = everySeed;
    }

    /** Whether a peer registers with every seed, or with a random quorum of them. */
    public boolean everySeed() {
        return everySeed;
    }

    public LogLayout layout() {
        return switch (this) {
            case CONSENSUS -> new ConsensusLayout();
            case CLASSIC -> new ClassicLayout();
        };
    }

    /**
     * The profile of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Profile parse(String text) {
        for (Profile profile : values()) {
            if (profile.toString().equals(text)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a profile; there are consensus and classic");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
