package dev.hearsay.cli.plot;

import dev.hearsay.core.overlay.Graph;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.dot.DOTExporter;
import org.jgrapht.nio.graphml.GraphMLExporter;

/** Topologies in the formats of other programs: DOT for Graphviz, GraphML for Gephi, yEd, NetworkX and igraph. */
final class GraphExport {

    private final Topology topology;

    GraphExport(Topology topology) {
        this.topology = topology;
    }

    void dot(Writer out) {
        var exporter = new DOTExporter<Integer, DefaultEdge>(node -> Integer.toString(node));
        exporter.setVertexAttributeProvider(this::attributes);
        exporter.exportGraph(graph(), out);
    }

    void graphml(Writer out) {
        var exporter = new GraphMLExporter<Integer, DefaultEdge>(node -> Integer.toString(node));
        exporter.setVertexAttributeProvider(this::attributes);
        exporter.registerAttribute("label", GraphMLExporter.AttributeCategory.NODE, AttributeType.STRING);
        exporter.registerAttribute("links", GraphMLExporter.AttributeCategory.NODE, AttributeType.INT);
        if (!topology.addresses().isEmpty()) {
            exporter.registerAttribute("address", GraphMLExporter.AttributeCategory.NODE, AttributeType.STRING);
        }
        exporter.exportGraph(graph(), out);
    }

    private Map<String, Attribute> attributes(int node) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("label", DefaultAttribute.createAttribute(Integer.toString(node)));
        attributes.put(
                "links", DefaultAttribute.createAttribute(topology.graph().degree(node - 1)));
        if (!topology.addresses().isEmpty()) {
            attributes.put(
                    "address",
                    DefaultAttribute.createAttribute(topology.addresses().get(node - 1)));
        }
        return attributes;
    }

    private org.jgrapht.Graph<Integer, DefaultEdge> graph() {
        Graph links = topology.graph();
        var graph = new SimpleGraph<Integer, DefaultEdge>(DefaultEdge.class);
        for (int node = 1; node <= links.nodes(); node++) {
            graph.addVertex(node);
        }
        for (int node = 0; node < links.nodes(); node++) {
            for (int i = 0; i < links.degree(node); i++) {
                if (links.neighbour(node, i) > node) {
                    graph.addEdge(node + 1, links.neighbour(node, i) + 1);
                }
            }
        }
        return graph;
    }
}
