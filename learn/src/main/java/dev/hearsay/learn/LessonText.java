package dev.hearsay.learn;

import dev.hearsay.sim.SimulationSpec;
import dev.hearsay.sim.SimulationSpecBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A lesson as a text, as links carry it: {@code seeds=3&peers=8&random-seed=42&crash=3@6s&do=120:kill:4;130:drop:77}. What is not said is at its
 * default. Beside the number of seeds, of peers, and what is done, the options are those of {@link SimulationSpecBuilder} that make sense here.
 *
 * @param options as written, without {@code do}; faults may be there several times
 * @param interventions what is done, and after which event, in ascending order
 */
record LessonText(List<Option> options, SimulationSpec spec, List<PlacedIntervention> interventions) {

    static final int PEERS_MAX = 100;
    static final int SEEDS_MAX = 9;
    private static final int INTERVENTIONS_MAX = 1000;
    private static final int RUMORS_MAX = 20;

    private static final List<String> OPTIONS = List.of(
            "topology",
            "random-seed",
            "spread",
            "relays",
            "rumors",
            "first",
            "every",
            "publisher",
            "latency",
            "loss",
            "duplicate",
            "reorder",
            "anti-entropy",
            "heartbeats",
            "paths");

    private static final List<String> FAULTS = List.of("crash", "leave", "pause", "slow", "partition", "cut", "skew");

    /** One {@code name=value}. */
    record Option(String name, String value) {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static LessonText parse(String text) {
        List<Option> options = new ArrayList<>();
        List<PlacedIntervention> interventions = List.of();
        Map<String, String> known = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? List.<String>of() : List.of(text.split("&", -1))) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "'" + pair + "' is no option of a lesson; write for example seeds=3&peers=8&random-seed=42");
            }
            String name = pair.substring(0, equals);
            String value = pair.substring(equals + 1);
            if (!FAULTS.contains(name) && known.put(name, value) != null) {
                throw new IllegalArgumentException("a lesson has one " + name + ", not two");
            }
            if (!name.equals("do")) {
                options.add(new Option(name, value));
            }
        }
        int seeds = whole(known.getOrDefault("seeds", "3"), "seeds", 0, SEEDS_MAX, "3 or 5 are usual");
        int peers = whole(
                known.getOrDefault("peers", "8"),
                "peers",
                2,
                PEERS_MAX,
                "for larger networks there is gossip simulate --nodes N");
        if (known.containsKey("do")) {
            interventions = interventions(known.getOrDefault("do", ""), peers);
        }
        return new LessonText(List.copyOf(options), spec(options, seeds, peers), interventions);
    }

    private static SimulationSpec spec(List<Option> options, int seeds, int peers) {
        SimulationSpecBuilder builder = SimulationSpec.builder()
                .set("nodes", peers)
                .set("seeds", seeds)
                .set("latency", "uniform:5ms-20ms")
                .set("first", "2s")
                .set("heartbeats", "1s");
        if (seeds == 0) {
            builder.set("topology", peers > 4 ? "random:4" : "full");
        }
        for (Option option : options) {
            if (OPTIONS.contains(option.name) || FAULTS.contains(option.name)) {
                builder.set(option.name, option.value);
            } else if (!option.name.equals("seeds") && !option.name.equals("peers")) {
                throw new IllegalArgumentException("a lesson has no option " + option.name
                        + "; it has seeds, peers, do, " + String.join(", ", OPTIONS) + ", "
                        + String.join(", ", FAULTS));
            }
        }
        SimulationSpec spec = builder.build();
        if (spec.publishing().rumors() > RUMORS_MAX) {
            throw new IllegalArgumentException("a lesson has at most " + RUMORS_MAX + " rumors, not "
                    + spec.publishing().rumors());
        }
        return spec;
    }

    private static List<PlacedIntervention> interventions(String text, int peers) {
        List<PlacedIntervention> interventions = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            PlacedIntervention placed = PlacedIntervention.parse(part, peers);
            if (!interventions.isEmpty()
                    && placed.after() < interventions.getLast().after()) {
                throw new IllegalArgumentException("'" + part + "' comes after what is done later; write in order");
            }
            interventions.add(placed);
        }
        if (interventions.size() > INTERVENTIONS_MAX) {
            throw new IllegalArgumentException("in a lesson at most " + INTERVENTIONS_MAX + " things are done");
        }
        return interventions;
    }

    private static int whole(String text, String name, int least, int most, String advice) {
        String sentence = name + " of a lesson are " + least + " to " + most + ", not "
                + (text.isEmpty() ? "nothing" : text) + "; " + advice;
        try {
            int value = Integer.parseInt(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException(sentence);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(sentence, e);
        }
    }

    /** The text with these interventions in place of its own. */
    String with(List<PlacedIntervention> others) {
        List<String> pairs = new ArrayList<>();
        options.forEach(option -> pairs.add(option.name + "=" + option.value));
        if (!others.isEmpty()) {
            pairs.add("do="
                    + String.join(
                            ";",
                            others.stream().map(PlacedIntervention::toString).toList()));
        }
        return String.join("&", pairs);
    }
}
