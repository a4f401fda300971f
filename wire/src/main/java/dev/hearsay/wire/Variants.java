package dev.hearsay.wire;

import java.util.HashMap;
import java.util.Map;

/** The records of a sealed type, told apart by a word. Filled when a format is made. */
final class Variants {

    private final String field;
    private final String noun;
    private final Map<String, Class<?>> types = new HashMap<>();
    private final Map<Class<?>, String> words = new HashMap<>();

    Variants(Class<?> sealed, String field, String noun) {
        this.field = field;
        this.noun = noun;
        addAll(sealed);
    }

    private void addAll(Class<?> sealed) {
        for (Class<?> type : sealed.getPermittedSubclasses()) {
            if (type.isSealed()) {
                addAll(type);
            } else {
                put(type, nameOf(type));
            }
        }
    }

    void put(Class<?> type, String word) {
        types.values().remove(type);
        if (types.put(word, type) != null) {
            throw new IllegalArgumentException("two of them are called " + word);
        }
        words.put(type, word);
    }

    /** {@code AntiEntropyRound} as {@code antiEntropyRound}. */
    static String nameOf(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The field that has the word. */
    String field() {
        return field;
    }

    String word(Class<?> type) {
        String word = words.get(type);
        if (word == null) {
            throw new IllegalArgumentException(type + " is not " + noun);
        }
        return word;
    }

    /** Which of them the object is. */
    Class<?> type(JsonObject json) throws WireException {
        String word = json.text(field);
        Class<?> type = types.get(word);
        if (type == null) {
            throw new WireException("'" + word + "' is not " + noun);
        }
        return type;
    }

    /** {@code ANTI_ENTROPY} as {@code antiEntropy}; as it calls itself, if it does. */
    static String word(Enum<?> value) {
        if (!value.toString().equals(value.name())) {
            return value.toString();
        }
        StringBuilder text = new StringBuilder();
        boolean isUpper = false;
        for (char c : value.name().toCharArray()) {
            if (c == '_') {
                isUpper = true;
            } else {
                text.append(isUpper ? c : Character.toLowerCase(c));
                isUpper = false;
            }
        }
        return text.toString();
    }
}
