import type { Exporter } from "./telemetry.js";

export interface Tracing {
  exporter: Exporter;
  close(): Promise<void>;
}

/** The packages that traces need are not installed. */
export class TracingMissing extends Error {}

const packages = ["@opentelemetry/sdk-trace-base", "@opentelemetry/exporter-trace-otlp-http", "@opentelemetry/resources"];

const loaded = async () => {
  try {
    return await Promise.all([
      import("@opentelemetry/api"),
      import("@opentelemetry/sdk-trace-base"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
    ]);
  } catch (cause) {
    throw new TracingMissing(
      `OTEL_EXPORTER_OTLP_ENDPOINT needs the optional packages ${packages.join(", ")}: npm install --include=optional.`,
      { cause },
    );
  }
};

/**
 * Traces by OpenTelemetry: a span for each operation, and under it one for each REST call. Written once the operation is over, from the
 * same record as its log line, so that nothing is measured twice and nothing can get into a span that is not in the record. Throws
 * TracingMissing.
 */
export const openTracing = async (endpoint: string): Promise<Tracing> => {
  const [
    { context, SpanKind, SpanStatusCode, trace },
    { BasicTracerProvider, BatchSpanProcessor },
    { OTLPTraceExporter },
    { resourceFromAttributes },
  ] = await loaded();
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": process.env.OTEL_SERVICE_NAME ?? "affise-graphql" }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer("affise-graphql");
  return {
    exporter({ requestId, tenant, client, traceparent, name, type, ms, calls, codes }) {
      const end = Date.now();
      const [, traceId = "", spanId = "", flags = ""] = traceparent?.split("-") ?? [];
      const caller = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
      const outside = traceparent ? trace.setSpanContext(context.active(), caller) : context.active();
      const operationSpan = {
        kind: SpanKind.SERVER,
        startTime: end - ms,
        attributes: {
          "graphql.operation.type": type,
          "graphql.operation.name": name ?? "",
          "affise.tenant": tenant,
          "request.id": requestId,
          "graphql.client.name": client.name ?? "",
          "graphql.client.version": client.version ?? "",
        },
      };
      const span = tracer.startSpan(name ? `${type} ${name}` : type, operationSpan, outside);
      const inside = trace.setSpan(context.active(), span);
      for (const { operation, status, source, ms: took, at } of calls) {
        const start = at ?? end - ms;
        const [method = ""] = operation.split(" ");
        const call = tracer.startSpan(
          operation,
          {
            kind: SpanKind.CLIENT,
            startTime: start,
            attributes: { "http.request.method": method, "http.response.status_code": status, "affise.source": source },
          },
          inside,
        );
        if (status === 0 || status >= 400) call.setStatus({ code: SpanStatusCode.ERROR });
        call.end(start + took);
      }
      if (codes.length) span.setStatus({ code: SpanStatusCode.ERROR, message: codes.join(", ") });
      span.end(end);
    },
    close: () => provider.shutdown(),
  };
};
