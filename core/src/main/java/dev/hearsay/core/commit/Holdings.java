package dev.hearsay.core.commit;

import dev.hearsay.core.Effects;
import dev.hearsay.core.math.Ranges;

/** The versions that this node has itself. */
public interface Holdings {

    /** All of them, to look at. */
    Ranges versions();

    /** These, and those of which others have shown that they were there and are gone, to look at. */
    Ranges known();

    /** Saves these so that they survive power loss, if they are not saved so already. */
    void keep(Ranges versions, Effects effects);
}
