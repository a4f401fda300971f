package dev.hearsay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

    @Test
    void handsOutWhatIsThere() throws WireException {
        JsonObject json = JsonObject.parse("""
                {"text":"a","whole":7,"real":1.5,"flag":true,"none":null,"object":{"x":1},"objects":[{"x":2}],
                 "texts":["a","b"],"integers":[1,2],"lists":[[1,2],[],[3]]}""");
        assertThat(json.text("text")).isEqualTo("a");
        assertThat(json.whole("whole")).isEqualTo(7);
        assertThat(json.number("real")).isEqualTo(1.5);
        assertThat(json.number("whole")).isEqualTo(7);
        assertThat(json.flag("flag")).isTrue();
        assertThat(json.has("none")).isFalse();
        assertThat(json.object("object").integer("x")).isEqualTo(1);
        assertThat(json.objects("objects").getFirst().integer("x")).isEqualTo(2);
        assertThat(json.texts("texts")).containsExactly("a", "b");
        assertThat(json.integers("integers")).containsExactly(1, 2);
        assertThat(json.integerLists("lists")).containsExactly(List.of(1, 2), List.of(), List.of(3));
    }

    @Test
    void saysWhatIsWrong() throws WireException {
        JsonObject json =
                JsonObject.parse("{\"text\":7,\"large\":4294967296,\"huge\":92233720368547758080,\"mixed\":[1,\"a\"]}");
        assertThatThrownBy(() -> json.text("text")).hasMessage("'text' must be a string");
        assertThatThrownBy(() -> json.text("nothing")).hasMessage("'nothing' is missing");
        assertThatThrownBy(() -> json.integer("large")).hasMessage("'large' is too large: 4294967296");
        assertThatThrownBy(() -> json.whole("huge")).hasMessage("'huge' must be a whole number");
        assertThatThrownBy(() -> json.integerLists("mixed"))
                .hasMessage("'mixed' must be a list of lists of whole numbers");
        assertThatThrownBy(() -> json.texts("mixed")).hasMessage("'mixed' must be a list of strings");
        for (String text : new String[] {"", "[]", "{", "{}{}", "nonsense", "{\"a\":" + "[".repeat(9999)}) {
            assertThatThrownBy(() -> JsonObject.parse(text)).as(text).isInstanceOf(WireException.class);
        }
    }
}
