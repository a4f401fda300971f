package dev.hearsay.live.recording;

import dev.hearsay.core.Carried;
import dev.hearsay.core.Command;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import java.util.List;

/** How many bytes of payload something holds; everything else is small, and counted as an entry. */
final class Sizes {

    private Sizes() {}

    static long of(Input input) {
        return switch (input) {
            case Input.Received(var from, Message message) -> of(message);
            case Input.Asked(Command.Publish(byte[] payload, int relays)) -> payload.length;
            case Input.Asked(Command.Put(String key, byte[] value)) -> value.length;
            case Input.Unsaved(Fact fact) -> of(fact);
            default -> 0;
        };
    }

    private static long of(Message message) {
        return switch (message) {
            case Message.Gossip(Carried carried) -> of(carried);
            case Message.Repair(List<Carried> rumors, boolean more) -> {
                long bytes = 0;
                for (Carried carried : rumors) {
                    bytes += of(carried);
                }
                yield bytes;
            }
            case Message.Entries entries -> {
                long bytes = 0;
                for (Entry entry : entries.entries()) {
                    bytes += of(entry);
                }
                yield bytes;
            }
            default -> 0;
        };
    }

    static long of(List<Fact> facts) {
        long bytes = 0;
        for (Fact fact : facts) {
            bytes += of(fact);
        }
        return bytes;
    }

    private static long of(Fact fact) {
        return switch (fact) {
            case Fact.Accepted(Carried carried) -> of(carried);
            case Fact.Heard heard -> of(heard.carried());
            case Fact.Kept kept -> of(kept.carried());
            case Fact.Wrote wrote -> of(wrote.entry());
            case Fact.Learnt(Entry entry) -> of(entry);
            default -> 0;
        };
    }

    private static long of(Carried carried) {
        return carried.rumor().payload().length;
    }

    private static long of(Entry entry) {
        byte[] value = entry.value();
        return value == null ? 0 : value.length;
    }
}
