package dev.hearsay.core.spread;

import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Family;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Role;
import dev.hearsay.core.Timer;

/** Publishes a message of its own now and then, {@code <timestamp>:<IP>:<Port>:<Msg#>}, so that there is something to watch. */
public final class Generator implements Part {

    public static final Role ROLE = Role.of("generator").takes(Family.GENERATOR).hears(Family.REGISTRATION);

    /**
     * How much is generated.
     *
     * @param intervalNanos time from one message to the next
     * @param messages how many in this life of the peer; 0 for none
     */
    public record Settings(long intervalNanos, int messages) {
        /** One every five seconds, ten in all. */
        public static final Settings DEFAULT = new Settings(5_000_000_000L, 10);

        public Settings {
            if (intervalNanos < 1 || messages < 0) {
                throw new IllegalArgumentException(
                        "the generator needs a positive interval, and not fewer than 0 messages");
            }
        }
    }

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final Spreading spreading;
    private int generated;

    public Generator(Settings settings, NodeId self, Context context, Spreading spreading) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.spreading = spreading;
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public void fire(long nowNanos, Timer timer, Effects effects) {
        switch ((GeneratorProtocol.Timers) timer) {
            case GeneratorProtocol.Generate(int number) -> generate(nowNanos, number, effects);
        }
    }

    private void generate(long nowNanos, int number, Effects effects) {
        if (number != generated + 1) {
            return;
        }
        generated++;
        String text = stamp(context.wallMicros()) + ":" + self.host() + ":" + self.port() + ":" + generated;
        effects.tell(new GeneratorProtocol.Generated(generated, text));
        spreading.ask(nowNanos, new Command.Publish(ascii(text), 0), effects);
        next(effects);
    }

    /** A peer begins to gossip once it is registered; a later registration does not begin anew. */
    @Override
    public void hear(long nowNanos, Event event, Effects effects) {
        if (event instanceof RegistrationProtocol.Registered && generated == 0) {
            next(effects);
        }
    }

    private void next(Effects effects) {
        if (generated < settings.messages) {
            effects.after(settings.intervalNanos, new GeneratorProtocol.Generate(generated + 1));
        }
    }

    /** Seconds since 1970 with one decimal. */
    private static String stamp(long micros) {
        return micros / 1_000_000 + "." + micros / 100_000 % 10;
    }

    private static byte[] ascii(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }
}
