package dev.hearsay.wire;

/** A field of a JSON object is not what it should be; says which, with the way to it: {@code 'nodes[2].address' is missing}. */
final class FieldException extends WireException {

    private final String field;
    private final String what;

    FieldException(String field, String what) {
        super("'" + field + "' " + what);
        this.field = field;
        this.what = what;
    }

    /** The same, said of the object that has that object. */
    FieldException within(String outer) {
        return new FieldException(outer + "." + field, what);
    }

    /** What is wrong, without the way to it. */
    String atItsPlace() {
        return "'" + field.substring(field.lastIndexOf('.') + 1) + "' " + what;
    }
}
