package dev.hearsay.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.TraceJson;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** What messages of a recording say: those that were sent, received in whatever way, or remembered. Of very many those that came up last are kept. */
final class RecordedTexts {

    /** By when they came up last: a node that comes back remembers many old ones, and its newest at the end. */
    private final Map<RumorId, String> texts = new LinkedHashMap<>(16, 0.75f, true);

    /** What a node was asked to spread; which message becomes of it, it tells in the same step. */
    private final Map<NodeId, byte[]> asked = new HashMap<>();

    void take(RecordingLine line) {
        if (line instanceof RecordingLine.Step step) {
            step(step.node(), step.input());
        } else if (line instanceof RecordingLine.Remembered remembered) {
            learn(remembered.fact());
        } else if (line instanceof RecordingLine.Told(TraceJson.Line told)
                && told.event() instanceof RumorProtocol.Published published) {
            byte[] payload = asked.remove(told.node());
            if (payload != null) {
                learn(published.id(), payload);
            }
        }
    }

    private void step(NodeId node, Input input) {
        asked.remove(node);
        if (input instanceof Input.Asked(Command.Publish publish)) {
            asked.put(node, publish.payload());
        } else if (input instanceof Input.Received(NodeId from, RumorProtocol.Gossip gossip)) {
            learn(gossip.carried().rumor());
        } else if (input instanceof Input.Received(NodeId from, AntiEntropyProtocol.Repair repair)) {
            repair.rumors().forEach(carried -> learn(carried.rumor()));
        }
    }

    private void learn(Fact fact) {
        if (fact instanceof RumorProtocol.Accepted accepted) {
            learn(accepted.carried().rumor());
        } else if (fact instanceof RumorProtocol.Heard heard) {
            learn(heard.carried().rumor());
        } else if (fact instanceof RumorProtocol.Kept kept) {
            learn(kept.carried().rumor());
        }
    }

    private void learn(Rumor rumor) {
        // Of a payload that was in the store when it was recorded there is nothing to show.
        if (!rumor.isVersion() && !rumor.isAway()) {
            learn(rumor.id(), rumor.payload());
        }
    }

    private void learn(RumorId id, byte[] payload) {
        if (texts.get(id) == null) {
            texts.put(id, new String(payload, UTF_8));
            if (texts.size() > NetworkModel.MESSAGES_MAX) {
                texts.remove(texts.keySet().iterator().next());
            }
        }
    }

    void forEach(BiConsumer<RumorId, String> hears) {
        texts.forEach(hears);
    }
}
