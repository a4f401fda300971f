package dev.hearsay.wire;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a small object, in a quarter of the memory that a hash table takes. */
final class FewFields extends AbstractMap<String, @Nullable Object> {

    static final int MAX = 8;

    /** Names and values in turn. */
    private final @Nullable Object[] pairs;

    FewFields(@Nullable Object[] pairs) {
        this.pairs = pairs;
    }

    private int indexOf(@Nullable Object name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (name != null && name.equals(pairs[i])) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int index = indexOf(name);
        return index < 0 ? null : pairs[index + 1];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return all.entrySet();
    }
}
